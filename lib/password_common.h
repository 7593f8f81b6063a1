/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The most common passwords of ten characters and more in published breach
 * collections, most common first (ranks of the frequency list of zxcvbn
 * 4.4.2). Left out are obscene ones and what lib/password.c recognises by its
 * shape. Only lib/password.c includes this file.
 */
#ifndef LIB_PASSWORD_COMMON_H
#define LIB_PASSWORD_COMMON_H

static const char *const common[] = {
	"q1w2e3r4t5", "1q2w3e4r5t", "4815162342", "1029384756", "123qweasdzxc",
	"manchester", "q1w2e3r4t5y6", "1123581321", "1q2w3e4r5t6y",
	"1122334455", "terminator", "enterprise", "fktrcfylhf", "translator",
	"undertaker", "rjycnfynby", "syncmaster", "aleksandra", "salamander",
	"leavemealone", "realmadrid", "tinkerbell", "dragonball", "playstation",
	"ghostrider", "1357924680", "microphone", "yjdsqgfhjkm", "strawberry",
	"anastasiya", "harrypotter", "mypassword", "abrakadabra", "alessandro",
	"7894561230", "konstantin", "highlander", "ghjcnjgfhjkm", "tokiohotel",
	"sonyericsson", "evangelion", "zxcasdqwe123", "liverpool1",
	"hellokitty", "ironmaiden", "roadrunner", "htubcnhfwbz", "skateboard",
	"friendster", "vfntvfnbrf", "0192837465", "alexander1", "nthvbyfnjh",
	"madagaskar", "dragonballz", "abracadabra", "rfhfvtkmrf", "ronaldinho",
	"supersonic", "ghjcnbnenrf", "greedisgood", "qweasdzxc123",
	"metallica1", "flvbybcnhfnjh", "nopassword", "blackberry", "1020304050",
	"112233445566", "z1x2c3v4b5", "mastermind", "1357908642", "q1q2q3q4q5",
	"finalfantasy", "ghbdtnrfrltkf", "1z2x3c4v5b", "spiderman1",
	"losangeles", "a1b2c3d4e5", "christophe", "wachtwoord", "a1s2d3f4g5",
	"ghbdtndctv", "vflfufcrfh", "lamborghini", "justinbieber", "casablanca",
	"armageddon", "evanescence", "qawsedrftg", "1a2s3d4f5g", "motdepasse",
	"braveheart", "porsche911", "1213141516", "yfnfitymrf", "maximilian",
	"needforspeed", "devilmaycry", "shevchenko", "montecarlo", "1a2b3c4d5e",
	"callofduty", "volkswagen", "spartan117", "pathfinder", "watermelon",
	"astalavista", "summertime", "dhjnvytyjub", "cxfcnkbdfz",
	"dkflbvbhjdbx", "deutschland", "aleksander", "darthvader", "lifeisgood",
	"a1a2a3a4a5", "0102030405", "dkflbvbhjdyf", "bondarenko", "mostwanted",
	"opensesame", "goldfinger", "limpbizkit", "thunderbird",
	"counterstrike", "solidsnake", "zcxfcnkbdf", "bladerunner",
	"chocolate1", "jediknight", "1a2a3a4a5a", "vfvfvskfhfve", "angelofwar",
	"fkmnthyfnbdf", "hondacivic", "ctdfcnjgjkm", "salamandra", "smallville",
	"qazxswedcvfr", "ilovemyself", "galatasaray", "azsxdcfvgb",
	"prettygirl", "sailormoon", "jesuschrist", "darkknight", "1q2q3q4q5q",
	"whosyourdaddy", "1223334444", "astonvilla", "123123123q",
	"fktrcfylhjdyf", "fktrcfylhjdbx", "cnjvfnjkju", "mickeymouse",
	"trustnoone", "fgjrfkbgcbc", "0147896325", "bestfriend", "qpwoeiruty",
	"painkiller", "firefighter", "010203040506", "lost4815162342",
	"birthday21", "neveragain", "moneymaker", "cxfcnmttcnm", "102030405060",
	"slipknot666", "letmeinnow", "hellraiser", "dbrnjhjdbx", "rhbcnbyjxrf",
	"vyjujnjxbt", "quicksilver", "depechemode", "qweasdzxc1", "zaratustra",
	"devilmaycry4", "matematika", "devildriver", "iseedeadpeople",
	"helloworld", "jamesbond007", "rkfdbfnehf", "iddqdidkfa", "ledzeppelin",
	"123123123a", "4815162342lost", "999111999q", "superduper",
	"123123qweqwe", "rfnfcnhjaf", "1112131415", "3141592654",
	"123qwe456rty", "goodfellas", "computador", "elizabeth1",
};

#endif
