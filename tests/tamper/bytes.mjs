// SPDX-License-Identifier: Apache-2.0
//
// The bytes that a forger needs, written a second time from their
// specifications: deterministic CBOR (RFC 8949 4.2.1), the tree of RFC 6962,
// signed notes of C2SP. Nothing of the programs is used.

import { createHash, createPrivateKey, sign } from "node:crypto";

export function sha256(...parts) {
	const h = createHash("sha256");

	for (const p of parts)
		h.update(p);
	return h.digest();
}

// ---- CBOR: numbers, Buffers, texts, null, lists

function head(major, n) {
	const big = BigInt(n);
	const size = big < 24n ? 0 : big < 256n ? 1 : big < 65536n ? 2 :
		big < 4294967296n ? 4 : 8;
	const b = Buffer.alloc(1 + size);

	b[0] = major << 5 | (size === 0 ? Number(big) :
		24 + Math.log2(size));
	for (let i = size, rest = big; i > 0; i--, rest >>= 8n)
		b[i] = Number(rest & 255n);
	return b;
}

export function cbor(v) {
	if (v === null)
		return Buffer.from([0xf6]);
	if (typeof v === "number" || typeof v === "bigint")
		return v < 0 ? head(1, -BigInt(v) - 1n) : head(0, v);
	if (Buffer.isBuffer(v))
		return Buffer.concat([head(2, v.length), v]);
	if (typeof v === "string") {
		const text = Buffer.from(v, "utf8");

		return Buffer.concat([head(3, text.length), text]);
	}
	return Buffer.concat([head(4, v.length), ...v.map(cbor)]);
}

// [value, the rest]
function take(b) {
	const short = b[0] & 31;
	const size = short < 24 ? 0 : 1 << (short - 24);
	let n = short < 24 ? BigInt(short) : 0n;

	for (let i = 1; i <= size; i++)
		n = n << 8n | BigInt(b[i]);
	const at = 1 + size;
	const end = at + Number(n);

	switch (b[0] >> 5) {
	case 0:
		return [Number(n), b.subarray(at)];
	case 1:
		return [-Number(n) - 1, b.subarray(at)];
	case 2:
		return [b.subarray(at, end), b.subarray(end)];
	case 3:
		return [b.toString("utf8", at, end), b.subarray(end)];
	case 4: {
		const list = [];
		let rest = b.subarray(at);

		for (let i = 0; i < Number(n); i++) {
			const [item, left] = take(rest);

			list.push(item);
			rest = left;
		}
		return [list, rest];
	}
	default:
		return [null, b.subarray(1)];
	}
}

export const uncbor = (b) => take(b)[0];

export const uuid = (text) => Buffer.from(text.replaceAll("-", ""), "hex");

// ---- trees

export const leafHash = (leaf) => sha256(Buffer.from([0]), leaf);

const node = (left, right) => sha256(Buffer.from([1]), left, right);

function split(n) {
	let k = 1;

	while (2 * k < n)
		k *= 2;
	return k;
}

export function root(hashes) {
	if (hashes.length === 0)
		return sha256();
	if (hashes.length === 1)
		return hashes[0];
	const k = split(hashes.length);

	return node(root(hashes.slice(0, k)), root(hashes.slice(k)));
}

// RFC 6962 2.1.2
function subproof(m, hashes, whole) {
	const n = hashes.length;

	if (m === n)
		return whole ? [] : [root(hashes)];
	const k = split(n);

	return m <= k ?
		[...subproof(m, hashes.slice(0, k), whole),
			root(hashes.slice(k))] :
		[...subproof(m - k, hashes.slice(k), false),
			root(hashes.slice(0, k))];
}

export const consistency = (m, hashes) => subproof(m, hashes, true);

// ---- checkpoints

const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

// A checkpoint signed with the log's own seed.
export function checkpoint(origin, size, hash, vkey, seed) {
	const text = `${origin}\n${size}\n${hash.toString("base64")}\n`;
	const key = createPrivateKey({ format: "der", type: "pkcs8",
		key: Buffer.concat([pkcs8, seed]) });
	const id = Buffer.from(/\+([0-9a-f]{8})\+/.exec(vkey)[1], "hex");
	const line = Buffer.concat([id, sign(null, Buffer.from(text), key)]);

	return `${text}\n\u2014 ${origin} ${line.toString("base64")}\n`;
}
