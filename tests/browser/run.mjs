// Checks pages in a browser: node run.mjs FOLDER. Each page of the folder is to have no fault, but those
// whose name begins with "wrong-", which are to have the fault that their name says. What a page is to
// carry on every printed sheet stands beside it, in a file of the same name that ends in ".printed".
// Prints a line for each page; ends with 0 if all is as it should be.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { faults, launch, printed } from './pages.mjs';

const folder = resolve(process.argv[2]);
const names = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
const browser = await launch();
let failures = 0;

const say = (line) => process.stdout.write(`${line}\n`);

async function check(name) {
    const file = join(folder, name);
    const found = await faults(browser, file);
    const marks = file.replace(/html$/, 'printed');
    if (existsSync(marks)) {
        const wanted = readFileSync(marks, 'utf8').split('\n').filter(Boolean);
        const sheets = await printed(browser, file);
        if (wanted[0] === 'one page') {
            wanted.shift();
            if (sheets.length !== 1) found.push(`it is printed on ${sheets.length} pages, not on one`);
        }
        sheets.forEach((sheet, place) => {
            for (const words of wanted) {
                if (!sheet.words.includes(words)) {
                    found.push(`printed page ${place + 1} of ${sheets.length} lacks "${words}"`);
                }
            }
            const sides = [sheet.width, sheet.height].map(Math.round).sort();
            if (sides[0] !== 595 || sides[1] !== 842) {
                found.push(`printed page ${place + 1} is no A4 page`);
            }
        });
    }
    return found;
}

async function work(queue) {
    for (let name = queue.shift(); name; name = queue.shift()) {
        const found = await check(name);
        const wanted = name.match(/^wrong-(.*)\.html$/)?.[1];
        if (wanted) {
            const isFound = found.some((fault) => fault.includes(wanted));
            if (!isFound) failures += 1;
            say(`${name}: ${isFound ? 'found, as it should be' : `NOT FOUND: ${found.join('; ')}`}`);
        } else {
            if (found.length > 0) failures += 1;
            say(`${name}: ${found.length === 0 ? 'nothing found' : ''}`);
            for (const fault of found) say(`  ${fault}`);
        }
    }
}

const queue = [...names];
await Promise.all([work(queue), work(queue)]);
await browser.close();
say(`${names.length} pages, ${failures} not as they should be`);
process.exit(failures === 0 && names.length > 0 ? 0 : 1);
