import pg from 'pg';

// Loaded into the server process before its own program: tells the bench how many statements it has sent so far.
type Query = (this: unknown, ...given: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
let statements = 0;

prototype.query = function counted(this: unknown, ...given: unknown[]) {
  statements += 1;
  return query.apply(this, given);
};

process.on('message', (question) => {
  if (question === 'statements') process.send?.({ statements });
});
