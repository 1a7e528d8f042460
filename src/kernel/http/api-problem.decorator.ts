import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto';

/** Documents an error answer of a route: its status, and which codes it comes with and when. */
export function ApiProblem(status: number, description: string): ClassDecorator & MethodDecorator {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } };
  return applyDecorators(ApiExtraModels(ProblemDto), ApiResponse({ status, description, content }));
}
