"""The pages of those who steer."""

from governance.views.dashboard import dashboard, dashboard_csv

__all__ = ["dashboard", "dashboard_csv"]
