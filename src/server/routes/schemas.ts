import type { FastifySchemaCompiler, FastifyTypeProvider, FastifyInstance, RawServerDefault } from 'fastify';
import type { FastifyBaseLogger, FastifySerializerCompiler } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';

type AnySchema = v.GenericSchema<unknown, unknown>;

/** Types of a route's body, params and query from its valibot schemas. */
export interface ValibotProvider extends FastifyTypeProvider {
  readonly validator: this['schema'] extends v.GenericSchema ? v.InferOutput<this['schema']> : unknown;
  readonly serializer: this['schema'] extends v.GenericSchema ? v.InferInput<this['schema']> : unknown;
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ValibotProvider
>;

/** What is wrong with a request, where, without repeating what was sent: it may be personal. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

export const validatorCompiler: FastifySchemaCompiler<AnySchema> =
  ({ schema }) =>
  (data) => {
    const parsed = v.safeParse(schema, data, { abortEarly: true });
    return parsed.success ? { value: parsed.output } : { error: new RequestRefused(whereOf(parsed.issues[0])) };
  };

/** Strips what the schema does not name, so that an answer never says more than the contract. */
export const serializerCompiler: FastifySerializerCompiler<AnySchema> =
  ({ schema }) =>
  (data) =>
    JSON.stringify(v.parse(schema, data));

function whereOf(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map((p) => String(p.key)).join('.') ?? '';
  const wanted = issue.kind === 'schema' ? `expected ${issue.expected ?? issue.type}` : `${issue.type} not met`;
  return path ? `${path.slice(0, 120)}: ${wanted}` : wanted;
}

/** For the OpenAPI document: checks and transformations that JSON Schema cannot say are left out. */
export function jsonSchemaOf(schema: unknown): Record<string, unknown> {
  const { $schema: _, ...rest } = toJsonSchema(schema as v.GenericSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return rest;
}
