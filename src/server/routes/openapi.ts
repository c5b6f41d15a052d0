import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { problem } from '#protocol/problem.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { jsonSchemaOf } from './schemas.ts';

/** OpenAPI 3.1 from the routes' own valibot schemas, so that the description cannot fall behind. */
export function openApiOptions(): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Escale',
        version: String(PROTOCOL),
        description: `Every request that changes something carries the header \`${PROTOCOL_HEADER}: ${PROTOCOL}\`, and every answer does. Errors are problem documents (RFC 9457) with a stable \`code\`.`,
      },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'h.{secret} of an attendee, d.{deviceId}.{secret} of a door',
          },
          session: { type: 'apiKey', in: 'cookie', name: 'escale-session' },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: described(schema ?? {}), url }),
  };
}

function described(schema: FastifySchema): FastifySchema {
  const { body, querystring, params, response, ...rest } = schema;
  const answers = Object.entries((response ?? {}) as Record<string, unknown>);
  return {
    ...rest,
    ...(body ? { body: jsonSchemaOf(body) } : {}),
    ...(querystring ? { querystring: jsonSchemaOf(querystring) } : {}),
    ...(params ? { params: jsonSchemaOf(params) } : {}),
    response: {
      ...Object.fromEntries(answers.map(([code, answer]) => [code, { description: 'Done', ...jsonSchemaOf(answer) }])),
      '4xx': {
        description: 'A problem document',
        content: { 'application/problem+json': { schema: jsonSchemaOf(problem) } },
      },
    },
  };
}
