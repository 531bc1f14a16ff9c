/** The commands of both roles, and what each does. */
import { utf8Encode } from '@seashell/core/wire';
import type { AnyCommand } from './conversation.ts';
import type { Engine } from './engine.ts';
import * as messages from './messages/transport.ts';

/** Does a command of both roles; gives whether it was one. */
export function sendCommonCommand(engine: Engine, command: AnyCommand): boolean {
  switch (command.type) {
    case 'disconnect':
      engine.disconnect(command.reason, command.description);
      return true;
    case 'rekey':
      engine.transport.rekey();
      return true;
    case 'debug':
      engine.transport.send(encodeDebug(command.alwaysDisplay, command.message));
      return true;
    case 'ping':
      engine.transport.send(messages.ping.encode({ number: 192, data: command.data }));
      return true;
    default:
      return sendChannelCommand(engine, command) || engine.globals.sendCommand(command);
  }
}

function sendChannelCommand({ channels }: Engine, command: AnyCommand): boolean {
  switch (command.type) {
    case 'data':
      channels.data(command.channel, command.bytes, command.stream);
      return true;
    case 'eof':
      channels.eof(command.channel);
      return true;
    case 'closeChannel':
      channels.close(command.channel);
      return true;
    case 'consume':
      channels.consume(command.channel, command.bytes);
      return true;
    case 'channelRequest':
      channels.request(command.channel, command.request, command.wantReply);
      return true;
    case 'answerChannelRequest':
      channels.answerRequest(command.channel, command.success);
      return true;
    default:
      return false;
  }
}

function encodeDebug(alwaysDisplay: boolean, message: string): Uint8Array {
  return messages.debug.encode({
    number: 4,
    alwaysDisplay,
    message: utf8Encode(message),
    language: new Uint8Array(0),
  });
}
