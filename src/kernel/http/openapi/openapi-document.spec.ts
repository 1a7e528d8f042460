import { Body, Controller, Get, type INestApplication, Param, Post, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ApiProblem } from '../api-problem.decorator';
import { createFastifyAdapter } from '../fastify-adapter';
import { RepeatsSafely } from '../idempotency/idempotent.decorator';
import type { Document, Operation } from './nodes';
import { createOpenApiDocument } from './openapi-document';

class ParcelDto {
  @ApiProperty()
  id!: string;

  @ApiProperty({ nullable: true, type: String, enum: ['light', 'heavy'] })
  weight!: string | null;

  @ApiProperty({ minimum: 0, maximum: 1_000 })
  grams!: number;

  @ApiProperty({ type: [String] })
  labels!: string[];
}

class NewParcelDto {
  @ApiProperty({ maxLength: 10 })
  note!: string;
}

@Controller('parcels')
class ParcelsController {
  @Get(':parcelId')
  @ApiOperation({ summary: 'Where it is.' })
  @ApiOkResponse({ type: ParcelDto })
  @ApiProblem(404, '`parcels.no-such-parcel`')
  get(@Param('parcelId') id: string): ParcelDto {
    return { id, weight: null, grams: 1, labels: [] };
  }

  @Post()
  @RepeatsSafely('A note is a note.')
  create(@Body() body: NewParcelDto): string {
    return body.note;
  }
}

/** Another class of a known name, as another module may have one. */
const namesake = (() => {
  class NewParcelDto {
    @ApiProperty()
    sender!: string;
  }
  return NewParcelDto;
})();

@Controller('letters')
class LettersController {
  @Get()
  @ApiOkResponse({ type: namesake })
  get(): object {
    return {};
  }
}

describe('createOpenApiDocument', () => {
  let app: INestApplication | undefined;
  afterEach(() => app?.close());

  const documentOf = async (...controllers: Type[]): Promise<Document> => {
    const module = await Test.createTestingModule({ controllers }).compile();
    const options = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl: 'https://inbrief.test' };
    app = module.createNestApplication(createFastifyAdapter(options), { logger: false });
    await app.init();
    return createOpenApiDocument(app, 'https://inbrief.test') as unknown as Document;
  };
  const operationOf = (document: Document, path: string, method: string): Operation => {
    const operation = document.paths[path]?.[method];
    if (!operation) throw new Error(`There is no ${method} ${path}`);
    return operation;
  };

  // Mutant: a clash is only warned of, and one module's answers are described by the other's DTO.
  it('refuses two DTOs of one name', async () => {
    await expect(documentOf(ParcelsController, LettersController)).rejects.toThrow(
      /Duplicate DTO detected: "NewParcelDto"/,
    );
  });

  it('names operations as an SDK reads them and groups them by their first word', async () => {
    const { summary, operationId, tags, description } = operationOf(
      await documentOf(ParcelsController),
      '/parcels/{parcelId}',
      'get',
    );
    expect({ summary, operationId, tags }).toEqual({
      summary: 'Where it is',
      operationId: 'parcels.get',
      tags: ['parcels'],
    });
    expect(description).toBe('Where it is.\n\nOpen to everybody.');
  });

  it('says of an answer what names and types promise', async () => {
    const { schemas } = (await documentOf(ParcelsController)).components;
    expect(schemas.Parcel?.properties).toMatchObject({
      id: { type: 'string', format: 'uuid', maxLength: 36 },
      weight: { type: ['string', 'null'], enum: ['heavy', 'light', null] },
      grams: { type: 'integer', format: 'int32', minimum: 0, maximum: 1_000 },
      labels: { type: 'array', maxItems: 10_000, items: { type: 'string', maxLength: 65_536 } },
    });
    expect(schemas.Parcel?.additionalProperties).toBeUndefined();
  });

  it('closes an input, and says why a POST may be repeated', async () => {
    const document = await documentOf(ParcelsController);
    expect(document.components.schemas.NewParcel).toMatchObject({
      additionalProperties: false,
      properties: { note: { type: 'string', maxLength: 10 } },
    });
    const { description, requestBody } = operationOf(document, '/parcels', 'post');
    expect(description).toContain('May be repeated: A note is a note.');
    expect(requestBody?.content['application/json']?.example).toEqual({ note: 'note' });
  });

  it('describes the answers that any call may get, with the code that its own problems carry', async () => {
    const document = await documentOf(ParcelsController);
    const { responses } = operationOf(document, '/parcels/{parcelId}', 'get');
    expect(Object.keys(responses).sort()).toEqual(
      expect.arrayContaining(['200', '304', '400', '404', '500', '503', 'default']),
    );
    expect(responses['404']?.content?.['application/problem+json']?.example).toMatchObject({
      type: 'urn:inbrief:problem:parcels.no-such-parcel',
      status: 404,
      code: 'parcels.no-such-parcel',
    });
    expect(Object.keys(operationOf(document, '/parcels', 'post').responses)).toEqual(
      expect.arrayContaining(['413', '415']),
    );
  });
});
