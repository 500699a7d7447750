GRANT SELECT, INSERT, UPDATE, DELETE ON "managers", "space_managers", "sign_ins", "sessions", "passkeys", "personal_tokens",
  "used_assertions", "rate_limits", "applications" TO waggle_app;
