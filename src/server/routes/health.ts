import type { Context } from '#server/services/context.ts';
import { isReady } from '#server/services/operation/health.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import type { App } from './schemas.ts';

/** For whoever watches the server: `/healthz` says that the process answers, `/readyz` that its database does too. */
export function healthRoutes(app: App, ctx: Context): void {
  const answered = new Map<string, number>();
  const tags = ['operations'];

  app.addHook('onResponse', async (request, reply) => {
    const key = `method="${request.method}",route="${request.routeOptions.url ?? ''}",status="${reply.statusCode}"`;
    answered.set(key, (answered.get(key) ?? 0) + 1);
  });

  app.get('/healthz', { schema: { tags, summary: 'The process answers' } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('ok\n'),
  );

  app.get('/readyz', { schema: { tags, summary: 'The database answers' } }, async (_request, reply) => {
    if (!(await isReady(ctx))) throw new ProblemError('busy', 'the database does not answer', { retryAfter: 5 });
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('ready\n');
  });

  app.get('/metrics', { schema: { tags, summary: 'Prometheus text' } }, async (_request, reply) => {
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    const lines = [
      '# HELP process_start_time_seconds Start of the process, seconds since 1970.',
      '# TYPE process_start_time_seconds gauge',
      `process_start_time_seconds ${(Date.now() / 1000 - process.uptime()).toFixed(3)}`,
      '# HELP process_cpu_seconds_total Processor time spent.',
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${((cpu.user + cpu.system) / 1e6).toFixed(3)}`,
      '# HELP process_resident_memory_bytes Memory held.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${memory.rss}`,
      '# HELP nodejs_heap_size_used_bytes JavaScript heap in use.',
      '# TYPE nodejs_heap_size_used_bytes gauge',
      `nodejs_heap_size_used_bytes ${memory.heapUsed}`,
      '# HELP http_requests_total Requests answered.',
      '# TYPE http_requests_total counter',
      ...[...answered].map(([labels, count]) => `http_requests_total{${labels}} ${count}`),
    ];
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(`${lines.join('\n')}\n`);
  });
}
