import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { securitySchemes } from './access.decorator';

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
    .addServer(publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, securitySchemes.user)
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, securitySchemes.service)
    .build();
  const document = SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${resourceOf(controller)}.${method}`,
  });
  sortEnums(document);
  return document;
}

/** The compiler lists a union's members in the order it met them, which differs from build to build. */
function sortEnums(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'enum' && Array.isArray(value)) value.sort();
    else sortEnums(value);
  }
}

/** `SummariesController` -> `summaries`: an SDK reads `summaries.list`. */
function resourceOf(controller: string): string {
  const name = controller.replace(/Controller$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
