#!/usr/bin/env node
import 'reflect-metadata';
import { runCli } from './cli/run-cli';

/** `npx inbrief`: what an operator does from a terminal. */
void runCli(process.argv.slice(2));
