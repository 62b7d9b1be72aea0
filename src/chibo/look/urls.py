"""The living page of the look's parts."""

from django.urls import path

from chibo.look import views

app_name = "look"
urlpatterns = [path("", views.style, name="style")]
