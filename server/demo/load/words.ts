/** The line that says that all servers have been filled and are busy. */
export const LOAD_RUNS = 'all servers are busy';
