import { useEffect, useState } from 'preact/hooks';
import { ServiceNoticeBar } from './parts/service-notice.tsx';
import { Shell } from './parts/shell.tsx';
import { Loading } from './parts/ui.tsx';
import { usePlace } from './router.ts';
import { Account } from './screens/account.tsx';
import { Credits } from './screens/credits.tsx';
import { Home } from './screens/home.tsx';
import { mailedToken, ResetPassword, VerifyEmail } from './screens/mailed.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { Summaries } from './screens/summaries.tsx';
import { SummaryPage } from './screens/summary.tsx';
import { Webhooks } from './screens/webhooks.tsx';
import { inbrief, onSessionChange } from './sdk.ts';

export function App() {
  return (
    <>
      <ServiceNoticeBar />
      <Screens />
    </>
  );
}

function Screens() {
  const { path, query } = usePlace();
  const isSignedIn = useSession();
  const mailed = mailedToken();
  if (mailed?.purpose === 'verify-email') return <VerifyEmail token={mailed.token} />;
  if (mailed?.purpose === 'reset-password') return <ResetPassword token={mailed.token} />;
  if (isSignedIn === undefined) return <Loading />;
  if (!isSignedIn) return <SignIn />;
  const [screen = 'home', id] = path;
  return <Shell current={screen}>{screenOf(screen, id, query)}</Shell>;
}

function screenOf(screen: string, id: string | undefined, query: URLSearchParams) {
  if (screen === 'summaries') return id ? <SummaryPage id={id} /> : <Summaries query={query} />;
  if (screen === 'credits') return <Credits />;
  if (screen === 'account') return <Account />;
  if (screen === 'webhooks') return <Webhooks />;
  return <Home />;
}

/** Whether somebody is signed in; undefined until that is known. */
function useSession(): boolean | undefined {
  const [isSignedIn, setSignedIn] = useState<boolean>();
  useEffect(() => {
    const ask = () => void inbrief.auth.isSignedIn().then(setSignedIn);
    ask();
    return onSessionChange(ask);
  }, []);
  return isSignedIn;
}
