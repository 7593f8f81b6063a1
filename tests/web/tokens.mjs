// SPDX-License-Identifier: Apache-2.0
//
// For a stage without node's tools: sign a clerk in everywhere, and print
// each room with the token of its cookie, in hexadecimal.

import { account } from "./stage.mjs";
import * as walk from "./walk.mjs";

const doors = { account: "/account", vehicle: "/vehicles",
	general: "/apply/applications", desk: "/desk",
	auditor: "/audit" };
const clerk = await walk.signIn(account("clerk"), "desk", "/desk");

for (const [room, path] of Object.entries(doors)) {
	await walk.enter(clerk, account("clerk"), room, path);
	console.log(room, Buffer.from(clerk.cookie(room), "base64url")
		.toString("hex"));
}
