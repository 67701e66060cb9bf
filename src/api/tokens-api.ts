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
/** Who a token acts for, and what it may do; `tokenId` is null for the local user's own session. */
export type AccessView = {
  readonly userId: string;
  readonly tokenId: string | null;
  readonly scopes: readonly Scope[];
};
export interface TokensApi {
  /** The caller, as the API sees it. */
  getAccess(): Promise<AccessView>;
  listTokens(): Promise<readonly TokenView[]>;
  /** The token itself is shown once, here. */
  createToken(params: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly expiresAt?: string;
  }): Promise<{ readonly token: string; readonly view: TokenView }>;
  revokeToken(params: { readonly id: string }): Promise<void>;
}
