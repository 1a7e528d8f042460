import type { INestApplication } from '@nestjs/common';
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
    .setContact('Inbrief', publicUrl, '')
    .addServer(publicUrl, 'This installation')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, securitySchemes.user)
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, securitySchemes.service)
    .build();
  const document = SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${resourceOf(controller)}.${method}`,
  });
  const completed = document as unknown as Document;
  completeOperations(completed);
  completeSchemas(completed);
  addExamples(completed);
  return document;
}

/** `SummariesController` -> `summaries`: an SDK reads `summaries.list`. */
function resourceOf(controller: string): string {
  const name = controller.replace(/Controller$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
