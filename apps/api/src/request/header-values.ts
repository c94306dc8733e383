import type { FastifyRequest } from "fastify";

/** Every value of a header, by its name in lower case. Node joins repeated headers; here each counts. */
export function headerValues({ raw }: Pick<FastifyRequest, "raw">, name: string): string[] {
  const { rawHeaders } = raw;
  const isNamed = (header?: string) =>
    header?.length === name.length && header.toLowerCase() === name;
  return rawHeaders.filter((_value, index) => index % 2 === 1 && isNamed(rawHeaders[index - 1]));
}
