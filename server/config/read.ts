import { z } from 'zod';
import { nearest } from './nearest';

/** Keys and indexes that lead to a value in the file. */
export type Path = readonly (string | number)[];
export type Report = (path: Path, message: string) => void;

/** What could be read of a value: whatever was refused is undefined in its place. */
export type Read<S> =
  S extends z.ZodOptional<infer Inner>
    ? Read<Inner>
    : S extends z.ZodObject<infer Shape>
      ? { readonly [Key in keyof Shape]?: Read<Shape[Key]> | undefined }
      : S extends z.ZodArray<infer Item>
        ? readonly (Read<Item> | undefined)[]
        : S extends z.ZodRecord<z.core.$ZodRecordKey, infer Value>
          ? Readonly<Record<string, Read<Value> | undefined>>
          : z.output<S>;

/**
 * Reads a value piece by piece, so that one mistake hides no other: each is reported, all the rest is read. Reports
 * hold no values.
 */
export function read<S extends z.ZodType>(schema: S, input: unknown, path: Path, report: Report): Read<S> | undefined {
  // The branches of readAny mirror those of Read, which the compiler cannot follow.
  return readAny(schema, input, path, report) as Read<S> | undefined;
}

function readAny(schema: z.core.$ZodType, input: unknown, path: Path, report: Report): unknown {
  if (schema instanceof z.ZodOptional) return readAny(schema.unwrap(), input, path, report);
  if (input === null) {
    report(path, 'has no value: give one or remove the key');
    return undefined;
  }
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) {
    if (isMapping(input)) return readEntries(schema, input, path, report);
    report(path, 'must be a mapping: keys with values, indented');
    return undefined;
  }
  if (schema instanceof z.ZodArray) {
    if (Array.isArray(input)) return input.map((item, i) => readAny(schema.element, item, [...path, i], report));
    report(path, 'must be a list: each item on a line of its own, after a dash');
    return undefined;
  }
  const result = z.safeParse(schema, input);
  for (const { message } of result.error?.issues ?? []) report(path, message);
  return result.data;
}

function readEntries(
  schema: z.ZodObject | z.ZodRecord,
  input: Readonly<Record<string, unknown>>,
  path: Path,
  report: Report
): unknown {
  const entries = Object.entries(input).flatMap(([key, value]) => {
    const valueSchema = schemaOf(key, schema);
    if (valueSchema !== undefined) return [[key, readAny(valueSchema, value, [...path, key], report)] as const];
    report([...path, key], unknownKey(key, schema));
    return [];
  });
  return Object.fromEntries(entries);
}

function unknownKey(key: string, schema: z.ZodObject | z.ZodRecord): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const meant = nearest(key, known);
  return meant === undefined
    ? `unknown key: known here are ${known.join(', ')}`
    : `unknown key: did you mean ${meant}?`;
}

function schemaOf(key: string, schema: z.ZodObject | z.ZodRecord): z.core.$ZodType | undefined {
  if (schema.type === 'record') return schema.valueType;
  const shape: z.core.$ZodShape = schema.shape;
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
