using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Limits : Migration
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

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_duty_events_incident",
                table: "scheduling_duty_events",
                column: "incident");

            migrationBuilder.CreateIndex(
                name: "IX_scheduling_duty_events_shift_to",
                table: "scheduling_duty_events",
                column: "shift_to");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scheduling_duty_events");

            migrationBuilder.DropTable(
                name: "scheduling_limit_runs");

            migrationBuilder.DropTable(
                name: "scheduling_limit_seen");

            migrationBuilder.DropTable(
                name: "scheduling_limit_waivers");

            migrationBuilder.DropTable(
                name: "scheduling_overloaded_shifts");
        }
    }
}
