// SPDX-License-Identifier: Apache-2.0
//
// Builds assets/build/balcao.css from assets/balcao.scss, with the images
// beside it, and refuses a sheet that would make a browser ask for anything
// else. Run by "npm run build"; --check only says whether it would change.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync }
	from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = join(root, "assets");
const build = join(assets, "build");
const sheet = join(build, "balcao.css");
const images = ["favicon.svg", "mark.svg"];

const { css } = compile(join(assets, "balcao.scss"), {
	style: "compressed",
	loadPaths: [join(root, "node_modules", "govuk-frontend", "dist")],
	quietDeps: true,
});

const foreign = css.match(/url\([^)]*\)|@import|@font-face|GDS Transport/g);
if (foreign) {
	console.error(`style: the sheet asks for ${[...new Set(foreign)].join(", ")}`);
	process.exit(1);
}

const text = `/* SPDX-License-Identifier: Apache-2.0 AND MIT */\n${css}\n`;
const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);

if (process.argv.includes("--check")) {
	const same = existsSync(sheet) && readFileSync(sheet, "utf8") === text;
	console.log(`style: ${same ? "up to date" : "to be built"}`);
	process.exit(same ? 0 : 1);
}
mkdirSync(build, { recursive: true });
writeFileSync(sheet, text);
for (const name of images)
	copyFileSync(join(assets, name), join(build, name));
console.log(`style: ${text.length} bytes, sha256 ${hash}`);
