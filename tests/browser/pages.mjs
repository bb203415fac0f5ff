// Opens pages in a browser and says what is wrong with them: what axe finds, sideways scroll, requests,
// messages on the console, and printed pages without their marking.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// How each page is looked at. In the dark scheme nothing but the colours is another than in the first look.
const LOOKS = [
    { name: '1280 pixels', width: 1280 },
    { name: '320 pixels', width: 320 },
    { name: 'print', width: 794, media: 'print' },
    { name: 'forced colours', width: 1280, forcedColors: 'active' },
    { name: 'dark scheme', width: 1280, colorScheme: 'dark', rules: ['color-contrast'] },
];

export function launch() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
}

// What is wrong with a page, as sentences; nothing where all is well.
export async function faults(browser, file) {
    const found = await asReadersOpenIt(browser, file);
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(axe);
    for (const look of LOOKS) {
        await page.setViewportSize({ width: look.width, height: 1000 });
        await page.emulateMedia({
            media: look.media ?? 'screen',
            forcedColors: look.forcedColors ?? 'none',
            colorScheme: look.colorScheme ?? 'light',
        });
        found.push(...(await accessibility(page, look.rules)).map((fault) => `${look.name}: ${fault}`));
        if (look.media !== 'print') {
            found.push(...(await scroll(page)).map((fault) => `${look.name}: ${fault}`));
        }
    }
    await context.close();
    return found;
}

// Opened as anybody opens it: nothing is asked of the network, and the browser has nothing to complain
// of, such as a breach of the content security policy.
async function asReadersOpenIt(browser, file) {
    const found = [];
    const address = pathToFileURL(file).href;
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('console', (message) => found.push(`the console says: ${message.text()}`));
    page.on('pageerror', (error) => found.push(`an error on the page: ${error.message}`));
    page.on('request', (request) => {
        if (request.url() !== address) found.push(`it asks for ${request.url()}`);
    });
    await page.goto(address, { waitUntil: 'load' });
    const policy = await page.evaluate(() => document.head.firstElementChild?.outerHTML ?? '');
    if (!/Content-Security-Policy.*default-src 'none'/.test(policy)) {
        found.push(`its head begins with ${policy || 'nothing'}, not with a policy`);
    }
    const isStyled = await page.evaluate(() => {
        const rules = [...document.styleSheets].map((sheet) => sheet.cssRules.length);
        return rules.length === 1 && rules[0] > 0;
    });
    if (!isStyled) found.push('its style sheet is not in force');
    await context.close();
    return found;
}

async function accessibility(page, rules) {
    const results = await page.evaluate(
        (runOnly) =>
            globalThis.axe.run(document, {
                runOnly,
                resultTypes: ['violations'],
                preload: false,
            }),
        rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS },
    );
    if (results.passes.length < (rules?.length ?? 10)) return [`only ${results.passes.length} rules of axe applied`];
    return results.violations.flatMap((violation) =>
        violation.nodes.map((node) => {
            const why = node.failureSummary.split('\n').slice(1).join(' ').trim();
            return `${violation.id} at ${node.target.join(' ')}: ${why}`;
        }),
    );
}

// A page never scrolls sideways, and nothing on it is cut off at the side.
async function scroll(page) {
    return page.evaluate(() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        const isWide = (own) => own.getBoundingClientRect().right > root.clientWidth + 1;
        const widest = [...document.body.querySelectorAll('*')].filter(isWide).slice(-1);
        const name = widest.map((own) => own.outerHTML.slice(0, 120)).join('');
        return [`it is ${root.scrollWidth} wide in ${root.clientWidth}: ${name}`];
    });
}

// The text of each printed page.
export async function printed(browser, file) {
    // The reader of printed pages wants these for drawing, which nobody asks of it here.
    for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await context.close();
    const text = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
    const pages = [];
    for (let number = 1; number <= text.numPages; number += 1) {
        const own = await text.getPage(number);
        const [, , width, height] = own.view;
        const { items } = await own.getTextContent();
        pages.push({ width, height, words: items.map((item) => item.str).join(' ') });
    }
    return pages;
}
