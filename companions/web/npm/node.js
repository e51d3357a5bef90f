import { readFileSync } from 'node:fs';

import { initSync } from './wasm/consent_string_web.js';

initSync({ module: readFileSync(new URL('./wasm/consent_string_web_bg.wasm', import.meta.url)) });

export * from './api.js';
