/** What surrounds every view: the way around, the view itself, and the voice for screen readers. */

import { lazy, Suspense } from "preact/compat";
import { useEffect, useRef } from "preact/hooks";
import { Link, Route, Switch, useLocation } from "wouter-preact";

import { LIVE } from "./announce";
import * as api from "./api";
import { InfoContext } from "./info";
import { useLoad } from "./load";
import { Loading, Shown } from "./parts/status";
import { Documents } from "./views/documents";
import { DocumentView } from "./views/document";
import { EntityView } from "./views/entity";
import { Review } from "./views/review";
import { Search } from "./views/search";
import { Timeline } from "./views/timeline";

// These bring large libraries, which come when they are wanted.
const Query = lazy(() => import("./views/query"));
const Graph = lazy(() => import("./views/graph"));
const Map = lazy(() => import("./views/map"));

const WAYS = [
  ["/", "Search"],
  ["/app/query", "Query"],
  ["/app/graph", "Graph"],
  ["/app/map", "Map"],
  ["/app/timeline", "Timeline"],
  ["/app/documents", "Documents"],
  ["/app/review", "Review"],
] as const;

export function App() {
  const [info] = useLoad(api.info, "");
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <Main>
        <Shown loaded={info}>
          {(info) => (
            <InfoContext.Provider value={info}>
              <Suspense fallback={<Loading />}>
                <Switch>
                  <Route path="/" component={Search} />
                  <Route path="/app/entity" component={EntityView} />
                  <Route path="/app/query" component={Query} />
                  <Route path="/app/graph" component={Graph} />
                  <Route path="/app/map" component={Map} />
                  <Route path="/app/timeline" component={Timeline} />
                  <Route path="/app/documents" component={Documents} />
                  <Route path="/app/document" component={DocumentView} />
                  <Route path="/app/review" component={Review} />
                  <Route component={Nowhere} />
                </Switch>
              </Suspense>
            </InfoContext.Provider>
          )}
        </Shown>
      </Main>
      <div id={LIVE} class="unseen" role="status" aria-live="polite" />
    </>
  );
}

function Header() {
  const [here] = useLocation();
  return (
    <header class="top">
      <Link href="/" class="brand">
        <img src="/icon.svg" alt="" width="24" height="24" />
        Urbi
      </Link>
      <nav aria-label="Views">
        <ul>
          {WAYS.map(([path, name]) => (
            <li key={path}>
              <Link href={path} aria-current={path === here ? "page" : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** Takes the focus when another view comes, so that the keyboard and the reader begin at its beginning. */
function Main({ children }: { children: preact.ComponentChildren }) {
  const [here] = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(here);
  useEffect(() => {
    if (before.current === here) return;
    before.current = here;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [here]);
  return (
    <main id="main" ref={main} tabIndex={-1}>
      {children}
    </main>
  );
}

function Nowhere() {
  return (
    <>
      <h1>There is nothing here</h1>
      <p>
        <Link href="/">Search</Link> for what you are looking for.
      </p>
    </>
  );
}
