import init from './wasm/consent_string_web.js';

await init();

export * from './api.js';
