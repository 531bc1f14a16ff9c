/** Modules that Starlight makes while it builds. */
declare module 'virtual:starlight/user-css';
