/** What a page without a key shows: how to get one. */
import { FRAME } from "../texts/frame.ts";
import "./sign_in.css";

export function SignIn({ refused }: { readonly refused: boolean }) {
  const { title, how } = refused ? FRAME.refused : FRAME.signIn;
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      <p>{how}</p>
      <pre class="mono">{FRAME.signIn.command}</pre>
      <p class="quiet">{FRAME.signIn.after}</p>
    </main>
  );
}
