using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ScheduleService : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "scheduling_duty_events",
                columns: table => new
                {
                    schedule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    incident = table.Column<Guid>(type: "TEXT", nullable: false),
                    shift_from = table.Column<long>(type: "INTEGER", nullable: false),
                    shift_to = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_duty_events", x => new { x.schedule, x.person, x.shift_from, x.incident });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_feeds",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    schedule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    digest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_feeds", x => new { x.owner, x.schedule });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_handoffs",
                columns: table => new
                {
                    schedule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    position = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    starts = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    ends = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    start_text = table.Column<string>(type: "TEXT", maxLength: 1400, nullable: false),
                    end_text = table.Column<string>(type: "TEXT", maxLength: 1400, nullable: false),
                    told_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_handoffs", x => new { x.schedule, x.position, x.at });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_limit_runs",
                columns: table => new
                {
                    team = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    date = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    findings = table.Column<int>(type: "INTEGER", nullable: false),
                    @new = table.Column<int>(name: "new", type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_limit_runs", x => new { x.team, x.date });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_limit_seen",
                columns: table => new
                {
                    team = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    first_seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_limit_seen", x => new { x.team, x.fingerprint });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_limit_waivers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_limit_waivers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_overloaded_shifts",
                columns: table => new
                {
                    schedule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    shift_from = table.Column<long>(type: "INTEGER", nullable: false),
                    shift_to = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    events = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_overloaded_shifts", x => new { x.schedule, x.person, x.shift_from });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_swaps",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    schedule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    position = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    from_at = table.Column<long>(type: "INTEGER", nullable: false),
                    to_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    anyone = table.Column<bool>(type: "INTEGER", nullable: false),
                    people = table.Column<string>(type: "TEXT", nullable: false),
                    declined = table.Column<string>(type: "TEXT", nullable: false),
                    covers = table.Column<string>(type: "TEXT", nullable: false),
                    counters = table.Column<string>(type: "TEXT", nullable: false),
                    timers = table.Column<string>(type: "TEXT", nullable: false),
                    involved = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduling_swaps", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_duty_events_incident",
                table: "scheduling_duty_events",
                column: "incident");

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_duty_events_shift_to",
                table: "scheduling_duty_events",
                column: "shift_to");

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_feeds_token_hash",
                table: "scheduling_feeds",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_handoffs_schedule_at",
                table: "scheduling_handoffs",
                columns: new[] { "schedule", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_limit_seen_last_seen_at",
                table: "scheduling_limit_seen",
                column: "last_seen_at");

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_limit_waivers_ended_at",
                table: "scheduling_limit_waivers",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_overloaded_shifts_shift_to",
                table: "scheduling_overloaded_shifts",
                column: "shift_to");

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_swaps_id",
                table: "scheduling_swaps",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_swaps_schedule_number",
                table: "scheduling_swaps",
                columns: new[] { "schedule", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_swaps_state_number",
                table: "scheduling_swaps",
                columns: new[] { "state", "number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scheduling_duty_events");

            migrationBuilder.DropTable(
                name: "scheduling_feeds");

            migrationBuilder.DropTable(
                name: "scheduling_handoffs");

            migrationBuilder.DropTable(
                name: "scheduling_limit_runs");

            migrationBuilder.DropTable(
                name: "scheduling_limit_seen");

            migrationBuilder.DropTable(
                name: "scheduling_limit_waivers");

            migrationBuilder.DropTable(
                name: "scheduling_overloaded_shifts");

            migrationBuilder.DropTable(
                name: "scheduling_swaps");
        }
    }
}
