// Word lists are bundled as text (build.mjs).
declare module "*.txt" {
  const text: string;
  export default text;
}
