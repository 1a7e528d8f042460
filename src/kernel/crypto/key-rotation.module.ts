import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { KeyRotation } from './key-rotation';

/** For the program that rotates; no other process has it. */
@Module({ imports: [DiscoveryModule], providers: [KeyRotation], exports: [KeyRotation] })
export class KeyRotationModule {}
