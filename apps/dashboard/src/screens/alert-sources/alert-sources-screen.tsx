import { Route, Switch } from "wouter";

import { EmptyState } from "../../components/empty-state.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { permissionName } from "../../words/permission-words.ts";
import { NewSource } from "./new-source.tsx";
import { SourceList } from "./source-list.tsx";
import { SourcePage } from "./source-page.tsx";

/** Programs that send alerts: the list, a new one, and each with its page. */
export default function AlertSourcesScreen() {
  const { may, permissions } = useSignedIn();
  if (!may.includes("administer"))
    return (
      <EmptyState>
        {t("Your key may not read alert sources: {permissions}.", {
          permissions: permissions.map(permissionName).join(", "),
        })}
      </EmptyState>
    );
  return (
    <Switch>
      <Route path="/alert-sources" component={SourceList} />
      <Route path="/alert-sources/new" component={NewSource} />
      <Route path="/alert-sources/:id">{({ id }) => <SourcePage key={id} id={id} />}</Route>
    </Switch>
  );
}
