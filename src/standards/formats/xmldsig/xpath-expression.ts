import { FormatError } from '../../../base/index.ts';

/** An XPath 1.0 expression, of the part of the language that selecting what is signed needs: no arithmetic, no variables. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly kind: 'path'; readonly start: 'root' | 'context' | Expression; readonly steps: readonly Step[] };

/** Operators, the weakest first. */
export type Operator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '|';

/** One step of a location path. */
export interface Step {
  readonly axis: Axis;
  /** A name (prefix, `*` for any), or a kind of node. */
  readonly test:
    | { readonly kind: 'name'; readonly prefix: string; readonly name: string }
    | { readonly kind: 'node' | 'text' | 'comment' };
  readonly predicates: readonly Expression[];
}

const axes = [
  'child',
  'descendant',
  'descendant-or-self',
  'self',
  'parent',
  'ancestor',
  'ancestor-or-self',
  'attribute',
] as const;

/** The axes that can be walked. */
export type Axis = (typeof axes)[number];

const longest = 2000;
const deepest = 30;
const token =
  /\s*(?:(::|\/\/|\.\.|!=|<=|>=|[/@()[\],.|=<>*])|"([^"]*)"|'([^']*)'|(\d+(?:\.\d+)?)|([A-Za-z_][\w.-]*(?::(?!:)[A-Za-z_*][\w.-]*)?))/y;

interface Token {
  readonly text: string;
  readonly kind: 'sign' | 'string' | 'number' | 'name';
}

/**
 * Reads an XPath expression.
 * @throws FormatError for what is no XPath, or beyond the part that is read
 */
export function readExpression(text: string): Expression {
  if (text.length > longest) throw beyond('a long expression');
  const parser = new ExpressionParser(tokensOf(text));
  return parser.whole();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  for (token.lastIndex = 0; token.lastIndex < end; ) {
    const found = token.exec(text);
    if (!found) throw beyond(text.slice(0, 60));
    const [, sign, double, single, number, name] = found;
    const literal = double ?? single;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (literal !== undefined) tokens.push({ kind: 'string', text: literal });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'name', text: name ?? '' });
  }
  return tokens;
}

const precedence: readonly (readonly Operator[])[] = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['|']];
const nodeKinds = ['node', 'text', 'comment'] as const;

class ExpressionParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#binary(0);
    if (this.#at < this.#tokens.length) throw beyond(this.#tokens[this.#at]?.text ?? '');
    return expression;
  }

  #is(...texts: readonly string[]): boolean {
    const next = this.#tokens[this.#at];
    return next !== undefined && next.kind !== 'string' && texts.includes(next.text);
  }

  #take(text: string): boolean {
    const isNext = this.#is(text);
    if (isNext) this.#at += 1;
    return isNext;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw beyond(`no ${text}`);
  }

  #binary(level: number): Expression {
    const operators = precedence[level];
    if (!operators) return this.#path();
    if (level === 0) this.#depth += 1;
    if (this.#depth > deepest) throw beyond('a deep expression');
    let left = this.#binary(level + 1);
    while (this.#is(...operators)) {
      const operator = operators.find((one) => this.#is(one)) ?? '|';
      this.#at += 1;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    if (level === 0) this.#depth -= 1;
    return left;
  }

  #path(): Expression {
    const start = this.#start();
    const steps: Step[] = [];
    if (start === 'context') steps.push(this.#step());
    else if (start === 'root' && !this.#is('//') && this.#startsStep()) steps.push(this.#step());
    while (this.#is('/', '//')) {
      if (this.#is('//')) steps.push({ axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] });
      this.#at += 1;
      steps.push(this.#step());
    }
    return typeof start === 'object' && steps.length === 0 ? start : { kind: 'path', start, steps };
  }

  #start(): 'root' | 'context' | Expression {
    if (this.#is('//')) return 'root';
    if (this.#take('/')) return 'root';
    const next = this.#tokens[this.#at];
    if (next?.kind === 'string' || next?.kind === 'number') {
      this.#at += 1;
      return { kind: 'literal', value: next.kind === 'number' ? Number(next.text) : next.text };
    }
    if (this.#take('(')) {
      const inner = this.#binary(0);
      this.#expect(')');
      return inner;
    }
    return this.#startsCall() ? this.#call() : 'context';
  }

  #startsStep(): boolean {
    const next = this.#tokens[this.#at];
    return next?.kind === 'name' || this.#is('*', '@', '.', '..');
  }

  #startsCall(): boolean {
    const [name, parenthesis] = this.#tokens.slice(this.#at, this.#at + 2);
    const isKind = nodeKinds.some((kind) => kind === name?.text);
    return name?.kind === 'name' && !isKind && parenthesis?.kind === 'sign' && parenthesis.text === '(';
  }

  #call(): Expression {
    const name = this.#name();
    this.#expect('(');
    const parameters: Expression[] = [];
    while (!this.#take(')')) {
      if (parameters.length > 0) this.#expect(',');
      parameters.push(this.#binary(0));
    }
    return { kind: 'call', name, parameters };
  }

  #name(): string {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'name') throw beyond(next?.text ?? 'an unfinished expression');
    this.#at += 1;
    return next.text;
  }

  #step(): Step {
    if (this.#take('.')) return { axis: 'self', test: { kind: 'node' }, predicates: [] };
    if (this.#take('..')) return { axis: 'parent', test: { kind: 'node' }, predicates: [] };
    const axis = this.#axis();
    const test = this.#test();
    const predicates: Expression[] = [];
    while (this.#take('[')) {
      predicates.push(this.#binary(0));
      this.#expect(']');
    }
    return { axis, test, predicates };
  }

  #axis(): Axis {
    if (this.#take('@')) return 'attribute';
    const [name, colons] = this.#tokens.slice(this.#at, this.#at + 2);
    if (colons?.text !== '::' || colons.kind !== 'sign') return 'child';
    const axis = axes.find((known) => known === name?.text);
    if (!axis) throw beyond(`the axis ${name?.text ?? ''}`);
    this.#at += 2;
    return axis;
  }

  #test(): Step['test'] {
    if (this.#take('*')) return { kind: 'name', prefix: '*', name: '*' };
    const text = this.#name();
    if (this.#take('(')) {
      const kind = nodeKinds.find((known) => known === text);
      if (!kind) throw beyond(text);
      this.#expect(')');
      return { kind };
    }
    const colon = text.indexOf(':');
    return { kind: 'name', prefix: colon < 0 ? '' : text.slice(0, colon), name: text.slice(colon + 1) };
  }
}

/** A refusal of an expression. */
export function beyond(detail: string): FormatError {
  return new FormatError('XML signature', `an XPath expression that is not followed: ${detail.slice(0, 60)}`);
}
