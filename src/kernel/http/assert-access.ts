import type { INestApplication } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS_LEVEL } from './access.decorator';

/**
 * Refuses to start an application in which a route states no access level: forgetting it must never mean "public".
 * @throws Error that names every such route.
 */
export function assertEveryRouteStatesItsAccess(app: INestApplication): void {
  const silent = routesOf(app).filter(
    ({ controller, handler }) => levelOf(handler) === undefined && levelOf(controller) === undefined,
  );
  if (silent.length > 0)
    throw new Error(`These routes state no @Access: ${silent.map(({ name }) => name).join(', ')}`);
}

interface Route {
  readonly name: string;
  readonly controller: object;
  readonly handler: object;
}

function routesOf(app: INestApplication): Route[] {
  const scanner = new MetadataScanner();
  const wrappers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return wrappers.flatMap(({ metatype: controller }) => {
    if (!controller) return [];
    const prototype = controller.prototype as Record<string, object>;
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method];
      const isRoute = handler && Reflect.getMetadata(PATH_METADATA, handler) !== undefined;
      return isRoute ? [{ name: `${controller.name}.${method}`, controller, handler }] : [];
    });
  });
}

function levelOf(target: object): unknown {
  return Reflect.getMetadata(ACCESS_LEVEL, target);
}
