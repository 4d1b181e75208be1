/** What has a date, year by year. */

import * as api from "../api";
import { useLoad } from "../load";
import { Filters, NONE, useFilter } from "../parts/filters";
import { Shown } from "../parts/status";
import { Thing } from "../parts/thing";
import { Title } from "../parts/title";
import type { Dated } from "../types";
import { count, counted, dates } from "../words";

type Year = [year: string, events: Dated[]];

export function Timeline() {
  const [filter, setFilter, key] = useFilter();
  const [loaded] = useLoad((signal) => api.timeline(filter, signal), key);
  const [all] = useLoad((signal) => api.timeline(NONE, signal), "all");
  const classes = all.state === "ready" ? [...new Set(all.data.events.map((event) => event.class))] : [];
  return (
    <>
      <Title name="Timeline" />
      <Filters filter={filter} onChange={setFilter} classes={classes} />
      <Shown loaded={loaded}>
        {({ events, total }) => (
          <>
            <p role="status">{total > events.length ? `The first ${count(events.length)} of ${count(total)}` : counted(total, "dated thing")}</p>
            <Years years={byYear(events)} />
          </>
        )}
      </Shown>
    </>
  );
}

function byYear(events: Dated[]): Year[] {
  const years = new Map<string, Dated[]>();
  for (const event of events) {
    const year = event.first.replace(/-\d\d-\d\d$/, "");
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  return [...years].sort(([a], [b]) => Number(a) - Number(b));
}

/** Bars of how much there is, which lead to the lists below. */
function Years({ years }: { years: Year[] }) {
  const most = Math.max(...years.map(([, events]) => events.length), 1);
  return (
    <>
      <nav aria-label="Years" class="bars">
        <ol>
          {years.map(([year, events]) => (
            <li key={year}>
              <a href={`#year-${year}`} aria-label={`${year}: ${counted(events.length, "thing")}`}>
                <span class="bar" style={{ height: `${(events.length / most) * 5}rem` }} />
                <span>{year}</span>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {years.map(([year, events]) => (
        <section key={year} class="of-year" aria-labelledby={`year-${year}`}>
          <h2 id={`year-${year}`}>{year}</h2>
          <ol class="events">
            {events.map((event) => (
              <li key={event.iri}>
                <span class="when">{dates(event.start, event.end)}</span>
                <span>
                  <Thing of={event} />
                  {event.place !== null && (
                    <span class="quiet">
                      {" "}
                      in <Thing of={event.place} />
                    </span>
                  )}
                  {event.series !== null && (
                    <span class="quiet">
                      {" "}
                      · <Thing of={event.series} />
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
