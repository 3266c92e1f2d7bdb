import { inspect } from 'node:util';

declare const secretOf: unique symbol;
declare const sealedOf: unique symbol;

type Mask = { toString(): string; toJSON(): string };

/** A credential or key text. Prints `[secret]` in logs, JSON, templates and the debugger's `inspect`. */
export type Secret<T> = Mask & { readonly [secretOf]: T };

/** Words about a person, opened from a sealed document. Prints `[sealed]` wherever it is not opened on purpose. */
export type Sealed<T> = Mask & { readonly [sealedOf]: T };

// The values live beside the wrappers, so no enumeration, clone or serialiser can reach them through the object.
const secrets = new WeakMap<object, unknown>();
const words = new WeakMap<object, unknown>();
const secretPrototype = maskingPrototype('[secret]');
const sealedPrototype = maskingPrototype('[sealed]');

export function secret<T>(value: T): Secret<T> {
  return wrap(secrets, secretPrototype, value) as Secret<T>;
}

/** The wrapped credential. Throws TypeError for anything that `secret` did not make. */
export function revealSecret<T>(wrapper: Secret<T>): T {
  return unwrap(secrets, wrapper) as T;
}

export function sealedValue<T>(value: T): Sealed<T> {
  return wrap(words, sealedPrototype, value) as Sealed<T>;
}

/** The wrapped words. Throws TypeError for anything that `sealedValue` did not make. */
export function openSealedValue<T>(wrapper: Sealed<T>): T {
  return unwrap(words, wrapper) as T;
}

function maskingPrototype(mask: string): object {
  const print = () => mask;
  return Object.freeze({ toString: print, toJSON: print, [Symbol.toPrimitive]: print, [inspect.custom]: print });
}

function wrap(values: WeakMap<object, unknown>, prototype: object, value: unknown): object {
  const wrapper: object = Object.freeze(Object.create(prototype));
  values.set(wrapper, value);
  return wrapper;
}

function unwrap(values: WeakMap<object, unknown>, wrapper: object): unknown {
  if (!values.has(wrapper)) throw new TypeError('not a wrapped value');
  return values.get(wrapper);
}
