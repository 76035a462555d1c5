import { type Read, read, type Report } from './read';
import { fileSchema } from './schema';
import { parseYaml, type YamlFile } from './yaml-file';

export type File = Read<typeof fileSchema>;

/**
 * How a configuration file is written. Only those who have a file load this module: what it stands on takes several
 * megabytes and a good part of the time to start.
 */
export interface FileFormat {
  readonly parse: (text: string) => YamlFile;
  /** Undefined when the file is no mapping. */
  readonly read: (data: unknown, report: Report) => File | undefined;
}

export const fileFormat: FileFormat = {
  parse: parseYaml,
  read: (data, report) => read(fileSchema, data, [], report),
};
