/** What went wrong, above what it went wrong with; read aloud when the page opens. Nothing where nothing did. */
export const Alert = ({ said }: { readonly said: string | undefined }) =>
  said === undefined ? null : (
    <p class="say-bad" role="alert">
      {said}
    </p>
  )
