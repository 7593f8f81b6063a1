// SPDX-License-Identifier: Apache-2.0
//
// Stage 20: the portal as a stranger with a network sees it.

import * as crossings from "./web_crossings.mjs";
import * as answers from "./web_answers.mjs";
import * as stopped from "./web_stopped.mjs";
import { done } from "./tap.mjs";

await answers.headers();
await answers.refusals();
await answers.heads();
await answers.languages();
await answers.silence();
await crossings.origins();
await crossings.sessions();
await crossings.twice();
await stopped.program();
done();
