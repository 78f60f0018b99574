export { turns } from '../values/turns.ts';
