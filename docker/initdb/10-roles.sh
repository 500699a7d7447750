#!/usr/bin/env bash
# The owner migrates; the app's role can add to the history but never change it. Runs once, on an empty volume.
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$WAGGLE_OWNER_PASSWORD" --set app_password="$WAGGLE_APP_PASSWORD" <<'SQL'
CREATE ROLE waggle_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE waggle_app LOGIN PASSWORD :'app_password';
CREATE DATABASE waggle OWNER waggle_owner;
SQL
