"""URL pattern of images."""

from django.urls import path

from images import views

urlpatterns = [path("<image_name:name>", views.image, name="image")]
