import helmet from 'helmet';

/**
 * Helmet's headers, with a policy under which everything comes from here. Styles may be inline (the docs page's library
 * sets some); scripts may not. No upgrade to https and no HSTS: on loopback there is none, and a proxy sets its own.
 */
export function createSecurityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
}
