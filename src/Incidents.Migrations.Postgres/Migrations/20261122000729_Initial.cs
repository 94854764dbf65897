using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "triage");

            migrationBuilder.EnsureSchema(
                name: "paging");

            migrationBuilder.EnsureSchema(
                name: "platform");

            migrationBuilder.EnsureSchema(
                name: "escalation");

            migrationBuilder.EnsureSchema(
                name: "config");

            migrationBuilder.EnsureSchema(
                name: "access");

            migrationBuilder.CreateTable(
                name: "alerts",
                schema: "triage",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    incident = table.Column<long>(type: "bigint", nullable: false),
                    integration = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    title = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    labels = table.Column<string>(type: "text", nullable: false),
                    annotations = table.Column<string>(type: "text", nullable: false),
                    links = table.Column<string>(type: "text", nullable: false),
                    firing = table.Column<bool>(type: "boolean", nullable: false),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attempts",
                schema: "paging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    page = table.Column<Guid>(type: "uuid", nullable: false),
                    incident = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    contact = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    urgency = table.Column<int>(type: "integer", nullable: false),
                    pool_rank = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    next_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    first_claim_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    stop = table.Column<bool>(type: "boolean", nullable: false),
                    vendor_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    vendor_rank = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    done_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "budgets",
                schema: "paging",
                columns: table => new
                {
                    vendor = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    slot = table.Column<long>(type: "bigint", nullable: false),
                    taken = table.Column<int>(type: "integer", nullable: false),
                    granted = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_budgets", x => x.vendor);
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "platform",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    xid = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "(pg_current_xact_id()::text::bigint)"),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "heartbeats",
                schema: "triage",
                columns: table => new
                {
                    integration = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    rule = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_heartbeats", x => new { x.integration, x.key });
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "platform",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    body_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency", x => new { x.key, x.path });
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                schema: "escalation",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    details = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    severity = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    urgency = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    service = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    team = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    pool = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    pool_rank = table.Column<int>(type: "integer", nullable: false),
                    policy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    snapshot = table.Column<string>(type: "text", nullable: false),
                    integration = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    dedup_key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    opened_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    paging_starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    acknowledged_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    acknowledged_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    resolved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    resolved_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    merged_into = table.Column<long>(type: "bigint", nullable: true),
                    last_activity_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    pass = table.Column<int>(type: "integer", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    next_step_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    timer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reachable = table.Column<string>(type: "text", nullable: false),
                    snoozed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    alert_count = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "items",
                schema: "config",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    replaced = table.Column<long>(type: "bigint", nullable: true),
                    effective_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    effective_to = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    written_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    written_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "keys",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    person = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    last_used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "keys",
                schema: "triage",
                columns: table => new
                {
                    integration = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    key = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    incident = table.Column<long>(type: "bigint", nullable: false),
                    firing = table.Column<bool>(type: "boolean", nullable: true),
                    starts_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    copies = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_keys1", x => new { x.integration, x.key });
                });

            migrationBuilder.CreateTable(
                name: "lines",
                schema: "paging",
                columns: table => new
                {
                    number = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    attempt = table.Column<Guid>(type: "uuid", nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lines", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    endpoint = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    type = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    published = table.Column<bool>(type: "boolean", nullable: false),
                    next_publish_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    parked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pages",
                schema: "paging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    incident = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    pass = table.Column<int>(type: "integer", nullable: false),
                    high = table.Column<bool>(type: "boolean", nullable: false),
                    pool_rank = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    unreachable = table.Column<bool>(type: "boolean", nullable: false),
                    title = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    service = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    severity = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "secrets",
                schema: "platform",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    value = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_secrets", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                schema: "access",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    person = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "state",
                schema: "config",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "timeline",
                schema: "escalation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    incident = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    via = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    level = table.Column<int>(type: "integer", nullable: true),
                    person = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    channel = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    attempt = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timeline", x => x.id);
                });

            migrationBuilder.InsertData(
                schema: "config",
                table: "state",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_alerts_incident_integration_key",
                schema: "triage",
                table: "alerts",
                columns: new[] { "incident", "integration", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_attempts_incident",
                schema: "paging",
                table: "attempts",
                column: "incident");

            migrationBuilder.CreateIndex(
                name: "IX_attempts_page",
                schema: "paging",
                table: "attempts",
                column: "page");

            migrationBuilder.CreateIndex(
                name: "IX_attempts_vendor_id",
                schema: "paging",
                table: "attempts",
                column: "vendor_id",
                filter: "vendor_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_claim",
                schema: "paging",
                table: "attempts",
                columns: new[] { "urgency", "pool_rank", "due_at", "ordinal" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_next",
                schema: "paging",
                table: "attempts",
                column: "next_at",
                filter: "next_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_trouble",
                schema: "paging",
                table: "attempts",
                column: "created_at",
                filter: "state = 'Failed' or tries > 0");

            migrationBuilder.CreateIndex(
                name: "IX_events_at",
                schema: "platform",
                table: "events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_events_xid_seq",
                schema: "platform",
                table: "events",
                columns: new[] { "xid", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_at",
                schema: "platform",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_incidents_id",
                schema: "escalation",
                table: "incidents",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_incidents_resolved_at",
                schema: "escalation",
                table: "incidents",
                column: "resolved_at",
                filter: "resolved_at is not null");

            migrationBuilder.CreateIndex(
                name: "IX_incidents_status_number",
                schema: "escalation",
                table: "incidents",
                columns: new[] { "status", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_items_item",
                schema: "config",
                table: "items",
                column: "item");

            migrationBuilder.CreateIndex(
                name: "ix_items_present",
                schema: "config",
                table: "items",
                columns: new[] { "kind", "name" },
                unique: true,
                filter: "replaced is null");

            migrationBuilder.CreateIndex(
                name: "IX_keys_hash",
                schema: "access",
                table: "keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_keys_person",
                schema: "access",
                table: "keys",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "IX_keys_seen_at",
                schema: "triage",
                table: "keys",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "IX_lines_attempt",
                schema: "paging",
                table: "lines",
                column: "attempt");

            migrationBuilder.CreateIndex(
                name: "ix_messages_due",
                schema: "platform",
                table: "messages",
                column: "next_publish_at",
                filter: "not published");

            migrationBuilder.CreateIndex(
                name: "ix_messages_parked",
                schema: "platform",
                table: "messages",
                column: "parked_at",
                filter: "parked_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_messages_published",
                schema: "platform",
                table: "messages",
                columns: new[] { "endpoint", "next_publish_at" },
                filter: "published");

            migrationBuilder.CreateIndex(
                name: "IX_pages_incident_person_episode_step",
                schema: "paging",
                table: "pages",
                columns: new[] { "incident", "person", "episode", "step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pages_open_of_person",
                schema: "paging",
                table: "pages",
                column: "person",
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_expires_at",
                schema: "access",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_timeline_incident",
                schema: "escalation",
                table: "timeline",
                column: "incident");

            // Rows come and go by the hundred a second here: vacuum by number, not by share, at full speed, and never with the lock that giving pages back takes.
            // Its figures for the planner are renewed by number too, for the table is empty at one moment and full at the next.
            migrationBuilder.Sql("alter table platform.messages set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000, vacuum_truncate = off, toast_tuple_target = 8160)");
            // A row lives for milliseconds: compressing its body would cost more than all the rest of the insert.
            migrationBuilder.Sql("alter table platform.messages alter column body set storage external");
            // Small and written over and over: room for the new version on the same page.
            migrationBuilder.Sql("alter table paging.budgets set (fillfactor = 30, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0)");
            migrationBuilder.Sql("alter table paging.lines set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0)");
            // Written several times each while young, then kept for a year: a fifth of them would be far too much to wait for.
            foreach (var table in new[] { "escalation.incidents", "paging.attempts", "paging.pages", "triage.keys" })
                migrationBuilder.Sql($"alter table {table} set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 1000)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alerts",
                schema: "triage");

            migrationBuilder.DropTable(
                name: "attempts",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "budgets",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "events",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "heartbeats",
                schema: "triage");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "incidents",
                schema: "escalation");

            migrationBuilder.DropTable(
                name: "items",
                schema: "config");

            migrationBuilder.DropTable(
                name: "keys",
                schema: "access");

            migrationBuilder.DropTable(
                name: "keys",
                schema: "triage");

            migrationBuilder.DropTable(
                name: "lines",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "messages",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "pages",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "secrets",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "sessions",
                schema: "access");

            migrationBuilder.DropTable(
                name: "state",
                schema: "config");

            migrationBuilder.DropTable(
                name: "timeline",
                schema: "escalation");
        }
    }
}
