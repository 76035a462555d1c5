import { HttpError } from '../errors';
import { BadJson, parseJson } from './json';

/** The value of a body; throws the HttpError to answer. */
export function parseBody(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof BadJson) throw new HttpError(400, 'bad_data', `This cannot be read: ${error.message}.`);
    throw error;
  }
}
