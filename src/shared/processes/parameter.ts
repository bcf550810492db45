/**
 * How a process declares its parameters. The form in the window, the validation, the help of the command line and
 * the manual all come from these declarations.
 */

interface Described {
  readonly title: string;
  readonly doc: string;
}

export interface NumberParameter<T = number> extends Described {
  readonly kind: "number";
  readonly unit: string;
  readonly integer: boolean;
  /** Absent: the parameter must be given, unless `optional`. */
  readonly default?: T;
  /** May be left out although it has no default; what that means stands in `doc`. */
  readonly optional: boolean;
  /** Smallest and largest value allowed, both included. */
  readonly min?: number;
  readonly max?: number;
  /** The value must be greater than this. */
  readonly above?: number;
}

export interface ChoiceParameter<C extends string = string> extends Described {
  readonly kind: "choice";
  readonly choices: readonly C[];
  readonly default: C;
}

export interface BooleanParameter extends Described {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** A list of numbers, such as the times of a mute. */
export interface NumbersParameter extends Described {
  readonly kind: "numbers";
  readonly unit: string;
  readonly optional: boolean;
  /** Values must rise from one to the next. */
  readonly rising: boolean;
  readonly min?: number;
}

export interface TextParameter extends Described {
  readonly kind: "text";
  readonly default?: string;
  readonly optional: boolean;
}

/** The name of a trace-header word. */
export interface HeaderWordParameter extends Described {
  readonly kind: "header_word";
  readonly default?: string;
  readonly optional: boolean;
}

export interface VelocityFunction {
  readonly cdp?: number;
  readonly timesMs: readonly number[];
  readonly velocitiesMps: readonly number[];
}

/**
 * RMS velocities: one function, or several at cdps. In a flow also `{ "file": path }`, which is read into functions
 * when the flow is loaded, so that processes never see files.
 */
export interface VelocityParameter extends Described {
  readonly kind: "velocity";
}

/** Any JSON value with its own parser, for the few parameters that are lists of records. */
export interface StructuredParameter<T = unknown> extends Described {
  readonly kind: "structured";
  readonly optional: boolean;
  /** Returns the parsed value or a text that says what was expected. */
  readonly parse: (value: unknown) => { readonly value: T } | { readonly expected: string };
}

export type Parameter =
  | NumberParameter<number | undefined>
  | ChoiceParameter
  | BooleanParameter
  | NumbersParameter
  | TextParameter
  | HeaderWordParameter
  | VelocityParameter
  | StructuredParameter;

export type Parameters = Readonly<Record<string, Parameter>>;

type OptionalKeys<P> = { [K in keyof P]: P[K] extends { optional: true } ? K : never }[keyof P];

type ValueOf<P> = P extends { kind: "number" } ? number
  : P extends ChoiceParameter<infer C> ? C
  : P extends { kind: "boolean" } ? boolean
  : P extends { kind: "numbers" } ? readonly number[]
  : P extends { kind: "text" } ? string
  : P extends { kind: "header_word" } ? string
  : P extends { kind: "velocity" } ? readonly VelocityFunction[]
  : P extends StructuredParameter<infer T> ? T
  : never;

/** The parsed values of declared parameters: defaults filled in, optional ones possibly undefined. */
export type ValuesOf<P extends Parameters> =
  & { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: ValueOf<P[K]> }
  & { readonly [K in OptionalKeys<P>]?: ValueOf<P[K]> };

type NumberOptions = Described & {
  readonly unit: string;
  readonly default?: number;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
};

export function number(options: NumberOptions) {
  return { kind: "number", integer: false, optional: false, ...options } as const;
}

export function integer(options: NumberOptions) {
  return { kind: "number", integer: true, optional: false, ...options } as const;
}

/** A number that may be left out. */
export function optionalNumber(options: Omit<NumberOptions, "default">) {
  return { kind: "number", integer: false, optional: true, ...options } as const;
}

export function choice<const C extends string>(
  options: Described & { readonly choices: readonly C[]; readonly default: NoInfer<C> },
): ChoiceParameter<C> {
  return { kind: "choice", ...options };
}

export function boolean(options: Described & { readonly default: boolean }): BooleanParameter {
  return { kind: "boolean", ...options };
}

type NumbersOptions = Described & { readonly unit: string; readonly rising?: boolean; readonly min?: number };

export function numbers(options: NumbersOptions) {
  return { kind: "numbers", rising: false, optional: false, ...options } as const;
}

export function optionalNumbers(options: NumbersOptions) {
  return { kind: "numbers", rising: false, optional: true, ...options } as const;
}

export function text(options: Described & { readonly default?: string }) {
  return { kind: "text", optional: false, ...options } as const;
}

export function headerWord(options: Described & { readonly default?: string }) {
  return { kind: "header_word", optional: false, ...options } as const;
}

export function optionalHeaderWord(options: Described) {
  return { kind: "header_word", optional: true, ...options } as const;
}

export function velocity(options: Described): VelocityParameter {
  return { kind: "velocity", ...options };
}

export function structured<T>(
  options: Described & { readonly parse: StructuredParameter<T>["parse"] },
) {
  return { kind: "structured", optional: false, ...options } as const;
}

export function optionalStructured<T>(
  options: Described & { readonly parse: StructuredParameter<T>["parse"] },
) {
  return { kind: "structured", optional: true, ...options } as const;
}
