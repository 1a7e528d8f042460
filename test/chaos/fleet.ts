import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from '../../sandbox/stack/child';
import { freePort } from '../../sandbox/stack/ports';
import { launcher } from './program/pack';

export type Role = 'worker' | 'api';

interface Place {
  role: Role;
  port: number;
  child: Child;
  ready: boolean;
}

export interface FleetOptions {
  program: string;
  env: Record<string, string>;
  logs: string;
}

/** Milliseconds for the first start of all of them, beside each other. */
const startMs = 120_000;

/** The application's processes. Whatever ends one, another starts in its place, as an orchestrator would have it. */
export class Fleet {
  private readonly places: Place[] = [];
  private armed: string | undefined;
  private ending = false;
  private stalls = 0;
  private stallMs = 0;
  /** How often each kind of death was died. */
  readonly deaths = new Map<string, number>();

  constructor(private readonly options: FleetOptions) {}

  get kills(): number {
    return [...this.deaths].reduce((sum, [how, count]) => (how === ownEnd ? sum : sum + count), 0);
  }

  /** Starts one more process on this port, or a free one; resolves with its port before it is ready. */
  async add(role: Role, port?: number): Promise<number> {
    const chosen = port ?? (await freePort());
    const place: Place = { role, port: chosen, child: this.start(role, chosen), ready: false };
    this.places.push(place);
    this.watch(place);
    return chosen;
  }

  /** Resolves when every process answers. @throws Error when they do not within two minutes: nothing has been done to them yet. */
  async ready(): Promise<void> {
    const deadline = Date.now() + startMs;
    while (!this.places.every((place) => place.ready)) {
      if (Date.now() > deadline) throw new Error(`The product does not start: see ${this.options.logs}`);
      await sleep(50);
    }
  }

  /** SIGKILL to one that is at work, as soon as half of them are: a storm that lets nobody work would prove nothing. */
  async kill(role: Role, pick: number): Promise<void> {
    const victim = await this.oneAtWork(role, pick);
    if (!victim) return;
    this.count(`${role}: SIGKILL`);
    victim.ready = false;
    await victim.child.kill();
  }

  /** The next process that passes this point dies there. Where none does within `withinMs`, answers false. */
  async crashAt(role: Role, point: string, withinMs: number): Promise<boolean> {
    await this.oneAtWork(role, 0);
    this.armed = point;
    const crowd = this.places.filter((place) => place.role === role && place.ready);
    for (const { child } of crowd) child.process.send({ crashAt: point }, () => undefined);
    const deadline = Date.now() + withinMs;
    while (this.isArmed(point) && Date.now() < deadline) await sleep(10);
    const happened = !this.isArmed(point);
    this.armed = undefined;
    for (const { child } of crowd) if (child.running) child.process.send({ crashAt: null }, () => undefined);
    return happened;
  }

  /**
   * The next worker that passes this point is held still for so long, as by a pause of its machine: it goes on without having
   * noticed. Where none passes within `withinMs`, answers false.
   */
  async stall(point: string, forMs: number, withinMs: number): Promise<boolean> {
    this.stallMs = forMs;
    const { stalls } = this;
    const crowd = this.places.filter((place) => place.role === 'worker' && place.ready);
    for (const { child } of crowd) child.process.send({ stopAt: point }, () => undefined);
    const deadline = Date.now() + withinMs;
    while (this.stalls === stalls && Date.now() < deadline) await sleep(10);
    for (const { child } of crowd) if (child.running) child.process.send({ stopAt: null }, () => undefined);
    return this.stalls > stalls;
  }

  /** Ends every process in order, and starts none in its place. */
  async stop(): Promise<void> {
    this.ending = true;
    await Promise.all(this.places.map(({ child }) => child.stop()));
  }

  private async oneAtWork(role: Role, pick: number): Promise<Place | undefined> {
    while (!this.ending) {
      const all = this.places.filter((place) => place.role === role);
      const crowd = all.filter((place) => place.ready);
      if (crowd.length >= all.length / 2) return crowd[Math.floor(pick * crowd.length)];
      await sleep(20);
    }
    return undefined;
  }

  private watch(place: Place): void {
    const { child } = place;
    child.ready(`http://127.0.0.1:${place.port}/health/live`, Infinity).then(
      () => {
        if (place.child === child && child.running) place.ready = true;
      },
      () => undefined, // it ended: the exit is told below
    );
    child.process.on('message', () => void this.hold(place, child));
    child.process.once('exit', (_code, signal) => {
      if (this.ending) return;
      const wasAtWork = place.ready;
      place.ready = false;
      if (signal !== 'SIGKILL') this.count(ownEnd);
      else if (this.armed && wasAtWork) {
        this.count(`${place.role}, ${this.armed}`);
        this.armed = undefined;
      }
      place.child = this.start(place.role, place.port);
      this.watch(place);
    });
  }

  /** It has stopped itself where it was told to. */
  private async hold(place: Place, child: Child): Promise<void> {
    this.stalls += 1;
    place.ready = false;
    await sleep(this.stallMs);
    child.process.kill('SIGCONT');
    if (place.child === child) place.ready = child.running;
  }

  private isArmed(point: string): boolean {
    return this.armed === point;
  }

  private start(role: Role, port: number): Child {
    const { program, env, logs } = this.options;
    return Child.start({
      name: role,
      file: launcher,
      env: {
        PATH: process.env.PATH,
        TZ: process.env.TZ,
        ...env,
        CHAOS_PROGRAM: program,
        CHAOS_ROLE: role,
        [role === 'api' ? 'PORT' : 'WORKER_PORT']: String(port),
      },
      logFile: `${logs}/${role}.log`,
    });
  }

  private count(how: string): void {
    this.deaths.set(how, (this.deaths.get(how) ?? 0) + 1);
  }
}

/** Ends that nobody brought about: a process that gave up by itself. */
export const ownEnd = 'ended by itself';
