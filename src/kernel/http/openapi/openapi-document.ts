import { type INestApplication, Logger } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { securitySchemes } from '../access.decorator';
import { completeOperations } from './complete-operations';
import { completeSchemas } from './complete-schemas';
import { addExamples } from './examples';
import type { Document } from './nodes';

/** The OpenAPI 3.1 document of every route; the same code gives the same document. */
export function createOpenApiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Inbrief')
    .setDescription(
      'Credit-metered summaries of your e-mail: one credit is captured for each summary stored.',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl, 'This installation, be it production, staging or local')
    .addBearerAuth(
      bearer('An access token of a session, a JWT checked as RFC 8725 (RFC8725) asks; or an API key.', 'JWT'),
      securitySchemes.user,
    )
    .addBearerAuth(
      bearer('An access token (RFC8725) of an administrator: the role is looked up at each call.', 'JWT'),
      securitySchemes.admin,
    )
    .addBearerAuth(
      bearer('An opaque key of a machine, with scopes; no JWT, so RFC8725 has nothing to say of it.'),
      securitySchemes.service,
    )
    .build();
  const document = refusingClashes(() =>
    SwaggerModule.createDocument(app, head, {
      operationIdFactory: (controller, method) => `${resourceOf(controller)}.${method}`,
    }),
  );
  const completed = document as unknown as Document;
  completed.info.contact = { name: 'Inbrief', url: publicUrl };
  completed.servers = [
    { ...completed.servers?.[0], url: publicUrl, 'x-internal': false } as NonNullable<
      Document['servers']
    >[number],
  ];
  completeOperations(completed);
  completeSchemas(completed);
  addExamples(completed);
  return document;
}

/**
 * Of two different DTOs with one name the document would have the last alone. @nestjs/swagger 11 only warns of it.
 * @throws Error that names them.
 */
function refusingClashes<T>(make: () => T): T {
  const warn = Logger.warn.bind(Logger);
  Logger.warn = (message: unknown) => {
    if (String(message).startsWith('Duplicate DTO')) throw new Error(String(message));
    warn(message);
  };
  try {
    return make();
  } finally {
    Logger.warn = warn;
  }
}

function bearer(description: string, bearerFormat = 'opaque') {
  return { type: 'http' as const, scheme: 'bearer', bearerFormat, description };
}

/** `SummariesController` -> `summaries`: an SDK reads `summaries.list`. */
function resourceOf(controller: string): string {
  const name = controller.replace(/Controller$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
