/** TRAJNO_TESTS splits the run where two cores are there for it, as in `.ci/run`; without it everything runs. */
const parts = {
  slow: ['test/{fault,journey}/**/*.test.ts'],
  quick: ['test/{unit,contract,corpus,property,api}/**/*.test.ts', 'test/*.test.ts'],
};

module.exports = {
  'node-option': ['import=tsx'],
  spec: parts[process.env.TRAJNO_TESTS] ?? Object.values(parts).flat(),
  timeout: 120000,
};
