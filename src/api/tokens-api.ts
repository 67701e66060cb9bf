export type Scope = 'runs' | 'decide' | 'records' | 'admin';
export type TokenView = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
};
export interface TokensApi {
  listTokens(): Promise<readonly TokenView[]>;
  /** The token itself is shown once, here. */
  createToken(params: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly expiresAt?: string;
  }): Promise<{ readonly token: string; readonly view: TokenView }>;
  revokeToken(params: { readonly id: string }): Promise<void>;
}
