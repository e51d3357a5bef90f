// Compares the command `consent-string` with Didomi's own TypeScript library, both ways.
//
//     npm install --prefix tests/interop --no-save @didomi/consent-string
//     cargo build --manifest-path companions/Cargo.toml --package consent-string-cli
//     node tests/interop/didomi.mjs companions/target/debug/consent-string
//
// Where that package can't be installed, it says so, compares nothing and ends with status 3. Its
// names are those of its published description; what it does beyond that is not known here.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const command = process.argv[2];
if (!command) {
  console.error("usage: node tests/interop/didomi.mjs PATH_OF_CONSENT_STRING");
  process.exit(2);
}

let official;
try {
  official = await import("@didomi/consent-string");
} catch (error) {
  console.error(`@didomi/consent-string is not installed: nothing was compared (${error.code})`);
  process.exit(3);
}

const rows = readFileSync(new URL("../data/didomi-canonical.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));
let differences = 0;
for (const { string, decoded } of rows) {
  const section = ({ enabled, disabled }) => ({ enabled, disabled });
  const status = {
    userId: decoded.user_id,
    created: new Date(decoded.created),
    updated: new Date(decoded.updated),
    regulationId: decoded.regulation,
    sync: decoded.sync === null ? null : new Date(decoded.sync),
    purposes: { optin: section(decoded.purposes), optout: section(decoded.purposes_li) },
    vendors: { optin: section(decoded.vendors), optout: section(decoded.vendors_li) },
  };
  // Theirs written, ours read; then ours written, theirs expected to be the same bits.
  const theirs = official.encodeDCS(decoded.version, status);
  const read = JSON.parse(execFileSync(command, ["inspect", "--json", "--kind", "didomi", theirs]));
  const same = ["purposes", "purposes_li", "vendors", "vendors_li", "user_id", "created", "updated"]
    .every((name) => JSON.stringify(read[name]) === JSON.stringify(decoded[name]));
  const sections = (text) => text.split(/[.~]/)[0];
  if (!same || sections(theirs) !== sections(string)) {
    differences += 1;
    console.log(`differs: version ${decoded.version}, ${same ? "bits" : "meaning"}`);
  }
}
console.log(`${rows.length} strings, ${differences} differences`);
process.exit(differences === 0 ? 0 : 1);
