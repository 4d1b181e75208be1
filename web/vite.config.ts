import { defineConfig } from "vite";

export default defineConfig({
  // JSX is esbuild's affair: there is no plugin to keep up with.
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    // Old browsers would be helped by an inline script, which the server's policy forbids.
    modulePreload: { polyfill: false },
    // What is built goes into the program, so every file counts: no maps, and nothing as a data: address.
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  // `npm run dev` beside a running `urbi serve`.
  server: {
    proxy: Object.fromEntries(["/api", "/sparql", "/resource"].map((path) => [path, "http://127.0.0.1:7878"])),
  },
});
