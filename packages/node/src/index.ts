/** The real System on Node. */
export { createNodeSystem, type NodeSystemOptions } from './system.ts';
