using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Slack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "paging_slack_incidents",
                columns: table => new
                {
                    incident = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    marks = table.Column<int>(type: "INTEGER", nullable: false),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    posting_since = table.Column<long>(type: "INTEGER", nullable: true),
                    channel = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    shown = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    standing = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    room = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    room_step = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    invited = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_slack_incidents", x => x.incident);
                });

            migrationBuilder.CreateTable(
                name: "paging_slack_pace",
                columns: table => new
                {
                    channel = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_slack_pace", x => x.channel);
                });

            migrationBuilder.CreateTable(
                name: "paging_slack_seen",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_slack_seen", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "paging_slack_tail",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    xid = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_slack_tail", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "paging_slack_users",
                columns: table => new
                {
                    user = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    login = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_slack_users", x => x.user);
                });

            migrationBuilder.CreateIndex(
                name: "IX_paging_slack_incidents_channel_ts",
                table: "paging_slack_incidents",
                columns: new[] { "channel", "ts" });

            migrationBuilder.CreateIndex(
                name: "IX_paging_slack_incidents_due_at",
                table: "paging_slack_incidents",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "IX_paging_slack_incidents_room",
                table: "paging_slack_incidents",
                column: "room",
                filter: "room is not null");

            migrationBuilder.CreateIndex(
                name: "IX_paging_slack_seen_at",
                table: "paging_slack_seen",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_paging_slack_users_login",
                table: "paging_slack_users",
                column: "login");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "paging_slack_incidents");

            migrationBuilder.DropTable(
                name: "paging_slack_pace");

            migrationBuilder.DropTable(
                name: "paging_slack_seen");

            migrationBuilder.DropTable(
                name: "paging_slack_tail");

            migrationBuilder.DropTable(
                name: "paging_slack_users");
        }
    }
}
