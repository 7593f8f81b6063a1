// SPDX-License-Identifier: Apache-2.0
//
// One question to the signer, as services/signing.h has it, and its answer:
// ask.mjs SOCKET QUESTION, both messages in hexadecimal.

import { createConnection } from "node:net";
import process from "node:process";

const [socket, hex] = process.argv.slice(2);
const question = Buffer.from(hex, "hex");
const length = Buffer.alloc(4);
const parts = [];
const connection = createConnection(socket);

length.writeUInt32BE(question.length);
connection.on("data", (part) => parts.push(part));
connection.on("end", () => console.log(
	Buffer.concat(parts).subarray(4).toString("hex")));
connection.write(Buffer.concat([length, question]));
