/** Short messages at the edge: errors are alerts and stay until closed, all else is a status and goes by itself. */
import { closeToast, type Toast, type ToastKind, toasts } from "../state/toasts.ts";
import { FRAME } from "../texts/frame.ts";
import { Icon } from "../widgets/icon.tsx";
import "./toasts.css";

const ICONS: Readonly<Record<ToastKind, string>> = {
  info: "info",
  success: "circle-check",
  warning: "triangle-alert",
  error: "octagon-x",
};

export function Toasts() {
  const errors = toasts.value.filter(({ kind }) => kind === "error");
  const others = toasts.value.filter(({ kind }) => kind !== "error");
  return (
    <div class="toasts">
      {errors.length > 0 && (
        <div role="alert">{errors.map((toast) => <ToastBox key={toast.id} toast={toast} />)}</div>
      )}
      <div role="status">{others.map((toast) => <ToastBox key={toast.id} toast={toast} />)}</div>
    </div>
  );
}

function ToastBox({ toast: { id, kind, text, detail, actions } }: { readonly toast: Toast }) {
  return (
    <div class={`toast is-${kind}`}>
      <Icon name={ICONS[kind]} />
      <div class="toast-text">
        <p class="strong">{text}</p>
        {detail !== undefined && <p class="second">{detail}</p>}
        {actions.length > 0 && (
          <p class="toast-actions">
            {actions.map(({ label, run }) => (
              <button
                key={label}
                type="button"
                class="button"
                onClick={() => {
                  closeToast(id);
                  run();
                }}
              >
                {label}
              </button>
            ))}
          </p>
        )}
      </div>
      <button type="button" class="icon-button" aria-label={FRAME.close} onClick={() => closeToast(id)}>
        <Icon name="x" />
      </button>
    </div>
  );
}
